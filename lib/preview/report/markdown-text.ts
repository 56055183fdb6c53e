export { escapeMarkdown, fenced, folded } from '../../core/markdown.ts';
