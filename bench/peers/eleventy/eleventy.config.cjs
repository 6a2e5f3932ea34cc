module.exports = (eleventy) => {
  eleventy.addCollection("entries", (all) => all.getFilteredByGlob("in/entries/*.md"));
};
