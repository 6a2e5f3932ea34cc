// Labels of a drawing, in pixels, measured against its sheet: under 16 px, off the sheet, or over one another.
// A line of type is higher than its letters, so two may touch a little.
name => {
  const svg = document.getElementById(`${name}-figure-title`).parentNode, sheet = svg.getBoundingClientRect()
  const labels = [...svg.querySelectorAll('text')].map(text => ({ words: text.textContent,
    size: parseFloat(getComputedStyle(text).fontSize) * sheet.width / svg.viewBox.baseVal.width,
    box: text.getBoundingClientRect() }))
  const small = labels.filter(({ size }) => size < 16).map(({ words, size }) => `${words}: ${size} px`)
  const out = labels.filter(({ box }) => box.left < sheet.left || box.right > sheet.right
    || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1).map(({ words }) => `${words}: off the sheet`)
  const over = labels.flatMap((one, index) => labels.slice(index + 1).filter(({ box }) =>
    Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1 &&
    Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 0.35 * one.size
  ).map(({ words }) => `${one.words}: over ${words}`))
  return [...small, ...out, ...over]
}
