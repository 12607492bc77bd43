/**
 * The one way in which the page makes elements: tags and attribute names are ours, text becomes text nodes. There is no
 * other way in for crate text, so nothing of it can be markup.
 */
import { escapeText } from '../escape.js'

export type Child = Node | string | undefined | false
export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined
}

/** An element; attributes that are undefined or false are left out, `true` is an empty one. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child)
  return element
}

/** A `button` that does something. */
export function button(attributes: Attributes, onPress: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, ...children)
  made.addEventListener('click', onPress)
  return made
}

/** Crate text: on one line, invisible and direction-changing characters spelled out and marked. */
export function crateText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  if (escapeText(text) === text) {
    fragment.append(text)
    return fragment
  }
  let plain = ''
  for (const char of text) {
    const shown = escapeText(char)
    if (shown === char) {
      plain += char
      continue
    }
    fragment.append(plain, el('span', { class: 'invisible', title: 'a character that cannot be seen' }, shown))
    plain = ''
  }
  fragment.append(plain)
  return fragment
}

/** `<code>` with crate text. */
export const code = (text: string, attributes: Attributes = {}): HTMLElement => el('code', attributes, crateText(text))
