const ENTITIES: Readonly<Record<string, string>> = { quot: '"', gt: '>', lt: '<', amp: '&', '#39': "'" };

/** What a page says, without how it looks: a line for every heading, row, item and paragraph; pictures by their titles. */
export function outline(html: string): string {
  const body = html.slice(html.indexOf('<body>'));
  const pictures = body.replace(
    /<svg [^>]*>\s*<title[^>]*>(.*?)<\/title>[\s\S]*?<\/svg>/g,
    (_, title: string) => `\n[picture: ${title}]\n`,
  );
  const lines = pictures
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[picture: [^\]]*\]/g, '\n$&\n')
    .replace(/<h([1-6])[^>]*>/g, (_, level: string) => `\n\n${'#'.repeat(Number(level))} `)
    .replace(/<(tr|caption|p|li|dt|footer|nav)[ >]/g, '\n$&')
    .replace(/<dt[^>]*>(.*?)<\/dt><dd[^>]*>/g, '$1: ')
    .replace(/<td[ >]/g, ' | $&')
    .replace(/<\/th><th[ >]/g, ' | $&')
    .replace(/<div>|<span class="sub">/g, ' · ')
    .replace(/<a href="([^"]*)">(.*?)<\/a>/g, '$2 ($1)')
    .replace(/<[^>]+>/g, '')
    .replace(/&(quot|gt|lt|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/(\| |^)(· )+/g, '$1')
        .replace(/( ·)+ *$/, '')
        .trim(),
    );
  return `${lines
    .filter((line, index) => line !== '' || lines[index + 1] !== '')
    .join('\n')
    .trim()}\n`;
}
