/** What Mermaid draws unless its page says otherwise (mermaid, config.schema.yaml, `maxTextSize` and `maxEdges`). */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;

const EDGE = / (?:-->|--x|---|-\.) /;

function fits(text: string): boolean {
  if (text.length >= MOST_CHARACTERS) return false;
  return text.split('\n').filter((line) => EDGE.test(line)).length <= MOST_EDGES;
}

/** The longest chart that Mermaid draws; `draw` is told how much of a list to show, at first `most`. */
export function withinLimits(draw: (most: number) => string, most: number): string {
  const text = draw(most);
  return fits(text) || most <= 1 ? text : withinLimits(draw, Math.floor(most * 0.8));
}
