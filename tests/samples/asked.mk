# In place of our Makefile: writes down what a workflow asked of it.
reconcile:
	test -n "$$GITHUB_TOKEN" && echo $@ >> "$$SEEN"
	echo "published=$$(cat merged)" >> "$$GITHUB_OUTPUT"
	cat handed >> "$$GITHUB_OUTPUT"
	exit $$(cat exit)
may-publish:
	test -n "$$GITHUB_TOKEN" && echo $@ >> "$$SEEN"
	exit $$(cat stands)
preview:
	echo "$$NUMBER-$$ENTRY-$$BLOB" >> "$$SEEN"
site test review links waiting release:
	echo $@ >> "$$SEEN"
