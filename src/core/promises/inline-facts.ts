/** Collects the addresses and the inline code of Markdown nodes. */
import type { Nodes } from 'mdast';

export interface InlineFacts {
  /** Addresses in order. */
  readonly links: readonly string[];
  /** The same with the line and the words each stands at. */
  readonly places: readonly { readonly address: string; readonly line: number; readonly text: string }[];
  readonly codes: readonly string[];
}

/** What stands in `nodes`; what was struck out counts as gone. */
export function inlineFacts(nodes: readonly Nodes[]): InlineFacts {
  const places: { address: string; line: number; text: string }[] = [];
  const codes: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'inlineCode') codes.push(node.value);
    else if (node.type === 'link')
      places.push({ address: node.url, line: node.position?.start.line ?? 1, text: textOf(node) });
    if ('children' in node && node.type !== 'delete') node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return { links: places.map(({ address }) => address), places, codes };
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
