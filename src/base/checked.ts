/**
 * The checked access: `checked(list[i])` where an index is known to be in the list by what the code before it did. The reading
 * stands at the caller, so that the engine learns each place's kind of list by itself; only the question is asked here.
 */

/** The element; throws where there is none, since to go on without it would be a wrong answer that nobody sees. */
export function checked<T>(element: T | undefined): T {
  if (element === undefined) throw new Error(MISSING)
  return element
}

const MISSING = 'a list has no element where one must be: a defect of caps'
