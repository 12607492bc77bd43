/** What the report of a survey asks: each question with its SQL and how its answer is drawn. Vega-Lite's words. */

export interface Question {
  readonly title: string
  readonly about: string
  /** Numbers of an answer are integers or doubles, which a plot can take as they are. */
  readonly sql: string
  /** What Vega-Lite is told besides the data; absent where a table says it best. */
  readonly plot?: Readonly<Record<string, unknown>>
}

const crates = { field: 'crates', type: 'quantitative', title: 'crates', axis: { tickMinStep: 1 } } as const
const bars = (field: string, title: string) => ({ field, type: 'nominal', sort: null, title }) as const

export const QUESTIONS: readonly Question[] = [
  {
    title: 'What crates can do when they run',
    about:
      'Of each family, how many crates have it in their own code, how many only through what they depend on, and how many only possibly: by dynamic dispatch, or where something is not known.',
    sql: `SELECT family, how, count(*)::INT AS crates FROM (
  SELECT crate, family, CASE WHEN bool_or(certainty = 'certain' AND reach = 'direct') THEN 'itself'
    WHEN bool_or(certainty = 'certain') THEN 'through others' ELSE 'possibly' END AS how
  FROM findings WHERE granularity = 'crate' AND package = crate AND stage = 'run' GROUP BY crate, family)
GROUP BY family, how ORDER BY sum(crates) OVER (PARTITION BY family) DESC, family, how`,
    plot: {
      mark: 'bar',
      encoding: {
        y: bars('family', ''),
        x: crates,
        color: {
          field: 'how',
          type: 'nominal',
          title: '',
          scale: { domain: ['itself', 'through others', 'possibly'], range: ['#1f5a96', '#7fa8d1', '#d9d9d9'] },
        },
      },
    },
  },
  {
    title: 'What happens on the machine of whoever builds',
    about:
      'Build scripts and proc macros run when a crate is compiled, with the rights of whoever compiles it. Counted are crates whose tree has a package that does it there, in its own code.',
    sql: `SELECT family, stage, count(DISTINCT crate)::INT AS crates FROM findings
WHERE granularity = 'crate' AND reach = 'direct' AND stage IN ('build', 'macro')
GROUP BY family, stage ORDER BY max(crates) OVER (PARTITION BY family) DESC, family, stage`,
    plot: {
      mark: 'bar',
      encoding: {
        y: bars('family', ''),
        x: { ...crates, stack: null },
        yOffset: { field: 'stage' },
        color: { field: 'stage', type: 'nominal', title: '', scale: { range: ['#8a4b08', '#d8a15b'] } },
      },
    },
  },
  {
    title: 'Programs that are started when something is built',
    about: 'By build scripts and proc macros, where the program is known. $NAME is a variable, * what is not known.',
    sql: `SELECT value AS program, count(DISTINCT package)::INT AS packages, count(DISTINCT crate)::INT AS trees,
       string_agg(DISTINCT split_part(package, '@', 1), ' ' ORDER BY split_part(package, '@', 1)) AS by_whom
FROM resources WHERE granularity = 'crate' AND reach = 'direct' AND stage IN ('build', 'macro') AND kind = 'program'
GROUP BY value ORDER BY trees DESC, program LIMIT 40`,
  },
  {
    title: 'Whose power others inherit',
    about:
      'The packages in which the shortest path of another crate to a capability ends, without unsafe, which nearly all have.',
    sql: `SELECT split_part(power_package, '@', 1) AS package, count(DISTINCT crate)::INT AS crates,
       string_agg(DISTINCT family, ' ' ORDER BY family) AS families
FROM findings WHERE package = crate AND granularity = 'crate' AND reach = 'transitive' AND family <> 'unsafe'
GROUP BY 1 ORDER BY crates DESC, package LIMIT 25`,
    plot: { mark: 'bar', encoding: { y: bars('package', ''), x: crates } },
  },
  {
    title: 'Which granularity: what a reader must look at',
    about:
      'How many rows a crate has on average when it is asked by crate, by module, by site or by function; and what the answer by function adds to the one by crate: of a crate’s functions, the share that has what the crate has.',
    sql: `SELECT granularity, (count(*) * 1.0 / (SELECT count(*) FROM crates WHERE outcome = 'analyzed'))::DOUBLE AS rows_of_a_crate,
       count(*)::INT AS rows FROM findings WHERE package = crate GROUP BY granularity ORDER BY rows`,
    plot: {
      mark: 'bar',
      encoding: {
        y: bars('granularity', ''),
        x: { field: 'rows_of_a_crate', type: 'quantitative', title: 'rows of a crate, on average' },
      },
    },
  },
  {
    title: 'How much of a crate has what the crate has',
    about: 'Of crates that have a capability for certain when they run: the share of their functions that has it.',
    sql: `SELECT capability, count(*)::INT AS crates, median(share)::DOUBLE AS median_percent, min(share)::DOUBLE AS least, max(share)::DOUBLE AS most
FROM (SELECT f.capability, f.crate, 100.0 * count(DISTINCT f.function) / any_value(c.functions) AS share
  FROM findings f JOIN crates c USING (crate)
  WHERE f.granularity = 'function' AND f.certainty = 'certain' AND f.stage = 'run' AND c.functions > 0 GROUP BY f.capability, f.crate)
GROUP BY capability HAVING count(*) > 1 ORDER BY median_percent DESC, capability`,
    plot: {
      mark: 'bar',
      encoding: {
        y: bars('capability', ''),
        x: {
          field: 'median_percent',
          type: 'quantitative',
          title: 'functions that have it, per cent (median of crates)',
        },
      },
    },
  },
  {
    title: 'By rank',
    about: 'Capabilities that crates have, their dependencies included, by tens of the list.',
    sql: `SELECT ((rank - 1) // 10 * 10 + 1)::INT AS from_rank, count(*)::INT AS crates, avg(powers)::DOUBLE AS capabilities FROM crates
JOIN (SELECT crate, count(DISTINCT capability) AS powers FROM findings WHERE package = crate GROUP BY crate) USING (crate)
WHERE rank IS NOT NULL GROUP BY 1 ORDER BY 1`,
    plot: {
      mark: 'bar',
      encoding: {
        x: { field: 'from_rank', type: 'ordinal', title: 'rank, from' },
        y: { field: 'capabilities', type: 'quantitative', title: 'capabilities, on average' },
      },
    },
  },
  {
    title: 'What is known',
    about: 'References that could not be led to what they mean, in per cent of each tree’s.',
    sql: `SELECT (floor(100.0 * unresolved / written * 4) / 4)::DOUBLE AS percent_from, count(*)::INT AS crates
FROM coverage WHERE written > 0 GROUP BY 1 ORDER BY 1`,
    plot: {
      mark: 'bar',
      encoding: { x: { field: 'percent_from', type: 'ordinal', title: 'per cent, from' }, y: crates },
    },
  },
  {
    title: 'What was gained from version to version',
    about:
      'Of crates of which several versions were looked at: capabilities of their own that the version before did not have.',
    sql: `WITH powers AS (
  SELECT c.name, c.crate, c.version, list(DISTINCT f.capability ORDER BY f.capability) AS has FROM crates c
  LEFT JOIN findings f ON f.crate = c.crate AND f.package = c.crate AND f.granularity = 'crate'
    AND f.stage = 'run' AND f.certainty = 'certain'
  WHERE c.outcome = 'analyzed' GROUP BY ALL),
parts AS (SELECT *, list_transform(string_split(split_part(version, '-', 1), '.'), x -> TRY_CAST(x AS INTEGER)) AS numbers FROM powers)
SELECT crate, array_to_string(list_filter(has, x -> NOT list_contains(before, x)), ' ') AS gained FROM
  (SELECT *, lag(has) OVER (PARTITION BY name ORDER BY numbers) AS before FROM parts)
WHERE before IS NOT NULL AND len(list_filter(has, x -> NOT list_contains(before, x))) > 0 ORDER BY crate`,
  },
  {
    title: 'What could not be analyzed',
    about: 'By the crates’ own fault.',
    sql: 'SELECT crate, stage, kind, what, why FROM failures ORDER BY crate',
  },
]

export const SUMMARY = `SELECT count(*)::INT AS crates, count(*) FILTER (outcome = 'analyzed')::INT AS analyzed,
  count(*) FILTER (outcome = 'failed')::INT AS failed, count(*) FILTER (outcome = 'left')::INT AS still_left,
  (SELECT count(DISTINCT package) FROM packages)::INT AS packages,
  (SELECT count(*) FROM calls)::INT AS calls FROM crates`

export const CRATES = `SELECT crate, package = crate AS own, capability, stage, certainty, reach, via, power, power_package, file, line, condition, sites
FROM findings WHERE granularity = 'crate' AND package = crate ORDER BY crate, stage, certainty, capability`
