// Two choices of two facets that no row holds both, as they stand in an address.
() => {
  const held = [...document.querySelectorAll("[data-held]")].map(row => new Set(row.dataset.held.split(" ")));
  const all = [...document.querySelectorAll("[data-choice]")];
  const facet = one => one.closest("[data-facet]").dataset.facet;
  for (const [a, one] of all.entries()) for (const [b, other] of all.entries())
    if (facet(one) !== facet(other) && !held.some(row => row.has(`${a}`) && row.has(`${b}`)))
      return `${facet(one)}=${one.dataset.choice}&${facet(other)}=${other.dataset.choice}`;
}
