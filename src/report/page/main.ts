/** Starts the page: reads the data that stands in it, and builds what there is to see. */
import type { PageData } from '../html-data.js'
import { analysisPage } from './analysis-page.js'
import { diffPage } from './diff-page.js'
import { pageKeys } from './keys.js'

const block = document.querySelector('#data')
// Our own JSON, written by the same version that wrote this script.
const data = JSON.parse(block?.textContent ?? '') as PageData
document.body.append(...(data.kind === 'analysis' ? analysisPage(data) : diffPage(data)))
pageKeys()
