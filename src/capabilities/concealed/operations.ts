/** All operations by the names that the maps use. */
import { ITERATORS } from './iterators.js'
import type { Operation } from './operation.js'
import { TEXTS } from './texts.js'

const ALL: Readonly<Record<string, Operation>> = { ...ITERATORS, ...TEXTS }

export const OPERATION_NAMES = Object.keys(ALL)
export const operationOf = (name: string): Operation | undefined => ALL[name]
