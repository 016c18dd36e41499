/** What a report of Vitest says of the tests that it names. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { fullName: string; status: string }[] }[];
}

/** What a report of Playwright says of the tests that it names. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: Suite[];
}

interface Suite {
  title: string;
  suites?: Suite[];
  specs: {
    title: string;
    tests: { status: string; annotations: { type: string; description?: string }[] }[];
  }[];
}

export const nameSkippedByVitest = ({ testResults }: VitestReport): string[] =>
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => ["skipped", "pending", "todo"].includes(status))
    .map(({ fullName }) => fullName);

/** The tests that were skipped, each with its reason if it gives one. */
export const nameSkippedByPlaywright = ({ suites }: Pick<PlaywrightReport, "suites">): string[] =>
  suites.flatMap(({ title, specs, suites: inner = [] }) => [
    ...specs.flatMap((spec) =>
      spec.tests
        .filter(({ status }) => status === "skipped")
        .map(({ annotations }) => {
          const why = annotations.find(({ type }) => type === "skip")?.description;
          return `${title}: ${spec.title}${why ? ` (${why})` : ""}`;
        }),
    ),
    ...nameSkippedByPlaywright({ suites: inner }),
  ]);
