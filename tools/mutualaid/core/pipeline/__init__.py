"""What the bot does about a submission: the situation, the decision, the actions, the words."""
