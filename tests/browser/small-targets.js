// Links, buttons and fields outside of running text that are less than 44 pixels high.
() => {
  const around = 'p, li, dd, td, th, figcaption, caption';
  const inText = target => target.closest(around) !== null && getComputedStyle(target).display === 'inline'
    && target.closest(around).textContent.trim() !== target.textContent.trim();
  const headline = target => target.matches('.anchor');
  return [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(target => target.offsetParent !== null && !inText(target) && !headline(target))
    .map(target => [target, (target.matches('[type=checkbox], [type=radio]') && target.closest('label') || target)
      .getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && box.height < 44)
    .map(([target, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${target.outerHTML.slice(0, 140)}`);
}
