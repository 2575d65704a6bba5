/** Says the result in one plain line, for whoever reads the end of a log. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const suitesThatDidNotRun = results.numRuntimeErrorTestSuites;
    process.stdout.write(
      `${results.numPassedTests} passed, ${results.numFailedTests + suitesThatDidNotRun} failed\n`,
    );
  }
}
