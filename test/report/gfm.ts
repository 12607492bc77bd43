/** Markdown as a parser of GitHub Flavored Markdown reads it (micromark), not as we wrote it. */
import type { Nodes, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export function parseGfm(text: string): Nodes {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

export function nodesOf(tree: Nodes): readonly Nodes[] {
  return [tree, ...('children' in tree ? tree.children.flatMap(nodesOf) : [])]
}

/** The text of a node with its code and without its HTML. */
export function textOf(node: Nodes): string {
  if (node.type === 'html') return ''
  return 'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : ''
}

/** The cells of the first table, row by row. */
export function tableOf(text: string): readonly (readonly string[])[] {
  const table = nodesOf(parseGfm(text)).find((node): node is Table => node.type === 'table')
  return table?.children.map((row) => row.children.map(textOf)) ?? []
}

/** HTML that is in a text. */
export function htmlOf(text: string): readonly string[] {
  return nodesOf(parseGfm(text)).flatMap((node) => (node.type === 'html' ? [node.value] : []))
}

/** What no report of ours has: its presence means that crate text became markup. */
export function foreignNodes(text: string): readonly string[] {
  const foreign = new Set([
    'link',
    'image',
    'definition',
    'linkReference',
    'imageReference',
    'footnoteReference',
    'footnoteDefinition',
    'emphasis',
    'delete',
    'blockquote',
    'thematicBreak',
    'break',
  ])
  return nodesOf(parseGfm(text)).flatMap((node) => (foreign.has(node.type) ? [`${node.type}: ${textOf(node)}`] : []))
}
