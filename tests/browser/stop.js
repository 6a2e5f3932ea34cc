// What has the focus: its place in the page, its words, whether it has an outline, is in sight and under nothing.
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ring = each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const target = ring(one) ? one : one.closest('label') ?? one;
  const box = [...target.getClientRects()].find(each => each.width && each.height) ?? target.getBoundingClientRect();
  const style = getComputedStyle(target), room = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
  // A browser brings the line to type on into sight, not the whole box; and a frame may be taller than a phone.
  const height = one.matches('textarea') ? 44 : Math.min(box.height, innerHeight - 2 * room) + room;
  const down = Math.min(Math.max(box.y + Math.min(height, box.height) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(box.x + box.width / 2, down);
  const is_tall = box.height + 2 * room > innerHeight;
  return {
    place: [...document.querySelectorAll('*')].indexOf(one),
    words: `${one.tagName} ${(one.getAttribute('aria-label') || one.innerText || one.id).trim().slice(0, 60)}`,
    has_ring: ring(target),
    is_whole: is_tall || one.matches('.skip') || box.top - room >= 0 && box.top + height <= innerHeight,
    is_clear: target.contains(top) || top !== null && top.contains(target),
  };
}
