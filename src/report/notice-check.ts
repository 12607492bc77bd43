/** The notices of a check: its problems, each with the command that would allow it. */
import type { CheckResult, Problem } from './check-result.js'
import { hasText, type Notice, routeText } from './notice.js'
import { packageText } from './spelling.js'

/**
 * In the order of the check: most serious first. A rule that nothing uses of a part that was looked at is no alert: it would come and
 * go with the options.
 */
export function checkNotices(check: CheckResult): readonly Notice[] {
  const problems = check.problems.filter(({ kind, level }) => kind !== 'unused' || level !== 'note')
  return problems.map((problem) => {
    const { level, key, message, allow } = problem
    const sentences = [
      `${message}.`,
      ...(problem.kind === 'capability' ? [`Path: ${routeText(problem.path)}.`] : []),
      ...(allow ? [`To allow it: ${allow.command}`] : []),
    ]
    return { level, key: ['check', key], message: sentences.join(' '), ...partsOf(problem) }
  })
}

type Parts = Omit<Notice, 'level' | 'key' | 'message'>

function partsOf(problem: Problem): Parts {
  switch (problem.kind) {
    case 'capability': {
      const {
        package: id,
        via,
        capability,
        verdict,
        stage,
        certainty,
        reach,
        condition,
        targets,
        sites,
        path,
      } = problem
      return {
        rule: capability,
        title: `${packageText(id)} ${hasText(problem)}`,
        via,
        path,
        properties: { package: id, via, verdict, stage, certainty, reach, condition, targets, sites },
      }
    }
    case 'coverage': {
      const { package: id, via, losses, unresolved, places } = problem
      const [place] = places
      return {
        rule: 'coverage',
        title: `${packageText(id)} could not be analyzed completely`,
        via,
        path: [],
        ...(place && { place }),
        properties: { package: id, via, losses, unresolved },
      }
    }
    case 'source': {
      const { package: id, via, verdict, text, allowed } = problem
      return {
        rule: 'package-source',
        title: `${packageText(id)} comes from elsewhere`,
        via,
        path: [],
        properties: { package: id, via, verdict, source: text, allowed },
      }
    }
    case 'unused':
      return {
        rule: 'unused-allowance',
        title: 'An allowance that nothing uses',
        via: [],
        path: [],
        configured: problem.rule,
        properties: { subject: problem.rule.subject, action: problem.rule.action },
      }
  }
}
