import { PICTURE_RULES, schemeRules } from '../drawing/stylesheet.ts';

/** Below this width pictures are the narrow ones, and rows of tables are blocks. */
const NARROW = '@media screen and (max-width:1023px)';

const RULES = [
  '*{box-sizing:border-box}',
  'html{-webkit-text-size-adjust:100%;text-size-adjust:100%}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}',
  'main,header,nav{max-width:1168px;margin:0 auto;padding:0 24px}',
  'header{padding-top:40px}',
  'h1{font-size:30px;line-height:1.2;margin:0 0 8px}',
  'h2{font-size:22px;line-height:1.25;margin:56px 0 8px;padding-top:16px;border-top:1px solid var(--rule)}',
  'h3{font-size:17px;margin:32px 0 8px}',
  'p{margin:8px 0;max-width:72ch}',
  '.lead{font-size:17px;color:var(--muted)}',
  '.note,caption{color:var(--muted);font-size:14px}',
  'a{color:var(--cpu)}',
  'a:focus-visible{outline:3px solid var(--gpu);outline-offset:2px}',
  'code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}',
  'nav ul{list-style:none;margin:20px 0 0;padding:0;display:flex;flex-wrap:wrap;gap:4px 20px}',
  'dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:12px 24px;margin:24px 0 0}',
  'dt{color:var(--muted);font-size:13px}',
  'dd{margin:0;font-weight:600}',
  'figure{margin:16px 0 24px}',
  'figure svg{display:block;max-width:100%;height:auto;border:1px solid var(--rule);border-radius:8px}',
  '.narrow{display:none}',
  'table{border-collapse:collapse;table-layout:fixed;width:100%;margin:16px 0 8px;font-size:14px}',
  'caption{text-align:left;padding:0 0 8px}',
  'th,td{text-align:left;vertical-align:top;padding:8px 14px 8px 0;border-bottom:1px solid var(--rule)}',
  'thead th{color:var(--muted);font-size:13px}',
  '.number{text-align:right;font-variant-numeric:tabular-nums}',
  '.sub{display:block;font-weight:400;color:var(--muted)}',
  '.mark{display:inline-block;padding:1px 8px;border-radius:9px;font-size:12px;font-weight:700}',
  ...['cpu', 'gpu', 'system', 'warm', 'reserved', 'calm', 'bad'].map(
    (accent) => `.mark.${accent}{color:var(--${accent});background:var(--${accent}Soft)}`,
  ),
  '.depth{display:block}',
  'footer{max-width:1168px;margin:64px auto 40px;padding:16px 24px 0;color:var(--muted);font-size:14px}',
  `${NARROW}{.wide{display:none}.narrow{display:block}.narrow svg{margin:0 auto;border:0}main,header,nav,footer{padding-left:12px;padding-right:12px}h1{font-size:26px}h2{margin-top:44px}}`,
  '@media screen and (max-width:1023px){table,tbody,tr,th{display:block}colgroup{display:none}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}caption{display:block}tr{padding:10px 0;border-bottom:1px solid var(--rule)}th,td{border:0;padding:2px 0}th{font-size:16px}.number{text-align:left}td:empty{display:none}td{display:grid;grid-template-columns:104px minmax(0,1fr);gap:0 10px}td>*,td{min-width:0}td::before{content:attr(data-title);color:var(--muted);font-size:13px}}',
  '@media print{body{font-size:11px}main,header,nav,footer{max-width:none;padding:0}nav{display:none}h2{break-after:avoid;margin-top:28px}tr{break-inside:avoid}figure svg{border:0}a{color:inherit;text-decoration:none}}',
];

/** Everything about how the page looks, on screens, narrow screens and paper. */
export const REPORT_STYLE = [...schemeRules(':root'), ...PICTURE_RULES, ...RULES].join('\n');
