/** By which signal a worker ends that reached a limit: those that the system and V8 themselves use for it. */
export const WORK_SIGNAL = 'SIGXCPU'
export const MEMORY_SIGNAL = 'SIGABRT'
