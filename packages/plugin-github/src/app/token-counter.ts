import type { ContributionContext, CounterDeclaration } from '@danube/plugin-api';

const counter = 'danube_github_app_tokens_generated_total';

export const tokenCounters: Readonly<Record<string, CounterDeclaration>> = {
  [counter]: { help: 'Installation tokens of GitHub Apps that were asked for.', labels: ['status'] },
};

export function countToken(context: ContributionContext, status: 'success' | 'failure'): void {
  context.count(counter, { status });
}
