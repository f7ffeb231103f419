// Repeats at the end, briefly, why stories failed: of a long output only the end may be kept.
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const linesAtMost = 25; // of each

export default class Faults implements Reporter {
  private readonly faults: string[] = [];

  onTestEnd(story: TestCase, result: TestResult): void {
    if (result.status === story.expectedStatus) return;
    const told = result.errors.map(({ message = "", snippet = "" }) => `${message}\n${snippet}`).join("\n");
    const lines = stripVTControlCharacters(told)
      .split("\n")
      .filter((line) => line.trim());
    this.faults.push([story.titlePath().at(-1), ...lines.slice(0, linesAtMost)].join("\n    "));
  }

  onEnd(): void {
    for (const fault of this.faults) console.log(`\n  why: ${fault}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
