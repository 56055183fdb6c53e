// What somebody would see to be wrong with a page. Runs in the browser, which is given this text; so it is no TypeScript, and
// the rest of the project does not learn of `document`.
(() => {
  const found = [];
  const { documentElement } = document;
  if (documentElement.scrollWidth > window.innerWidth) {
    found.push(`the page is ${documentElement.scrollWidth} wide in a window of ${window.innerWidth}`);
  }

  const parse = (text) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, text.startsWith('rgb') ? alpha : 0];
  };
  const luminance = ([red, green, blue]) => {
    const linear = [red, green, blue].map((channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const contrast = (one, other) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const visible = (element) => element.getClientRects().length > 0;

  // Texts of pictures: inside of the page of their picture, on a shape that they stand out from and do not leave.
  for (const svg of Array.from(document.querySelectorAll('svg.picture')).filter(visible)) {
    const picture = svg.getBoundingClientRect();
    const rects = Array.from(svg.querySelectorAll('rect')).map((rect) => ({
      box: rect.getBoundingClientRect(),
      fill: parse(getComputedStyle(rect).fill),
    }));
    for (const text of Array.from(svg.querySelectorAll('text'))) {
      const box = text.getBoundingClientRect();
      const name = text.firstChild?.textContent ?? '';
      if (box.left < picture.left - 1 || box.right > picture.right + 1) found.push(`leaves the picture: ${name}`);
      // Later shapes lie above earlier ones.
      const [x, y] = [box.left + 1, (box.top + box.bottom) / 2];
      const below = rects.findLast(
        ({ box: each }) => each.left <= x && x <= each.right && each.top <= y && y <= each.bottom,
      );
      if (!below) found.push(`lies on nothing: ${name}`);
      else {
        if (box.right > below.box.right + 1) found.push(`leaves its shape: ${name}`);
        const ratio = contrast(parse(getComputedStyle(text).fill), below.fill);
        if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${name}`);
      }
    }
  }

  // Texts of the page.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || node.textContent?.trim() === '' || element.closest('svg, thead') || !visible(element)) continue;
    let behind = element;
    while (behind && parse(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const paper = behind ? parse(getComputedStyle(behind).backgroundColor) : [255, 255, 255, 1];
    const ratio = contrast(parse(getComputedStyle(element).color), paper);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${node.textContent}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const cell = element.closest('td, th');
    const room = (cell ?? document.body).getBoundingClientRect();
    const box = range.getBoundingClientRect();
    if (box.right > room.right + 1) found.push(`leaves its place: ${node.textContent?.slice(0, 60)}`);
  }

  // What everybody needs to find his way by ear.
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push('two elements share an id');
  const levels = Array.from(document.querySelectorAll('h1,h2,h3'), ({ tagName }) => Number(tagName[1]));
  levels.forEach((level, index) => {
    if (level > (levels[index - 1] ?? 0) + 1) found.push(`heading ${index} skips a level`);
  });
  for (const header of Array.from(document.querySelectorAll('th'))) {
    if (!header.getAttribute('scope')) found.push(`header without scope: ${header.textContent}`);
  }
  for (const link of Array.from(document.querySelectorAll('a'))) {
    const target = link.getAttribute('href') ?? '';
    if (target.startsWith('#') && !document.getElementById(target.slice(1))) found.push(`leads nowhere: ${target}`);
  }
  for (const svg of Array.from(document.querySelectorAll('svg.picture'))) {
    const names = (svg.getAttribute('aria-labelledby') ?? '').split(' ');
    if (names.length !== 2 || names.some((id) => !document.getElementById(id)?.textContent))
      found.push('a picture has no name');
  }
  return found;
})();
