import type { Delivery } from '../api/types.ts';

/** What a delivery was about: the event, the ref and the commit, as far as they are known. */
export function deliveryTopic({ event, ref, repository }: Delivery | Omit<Delivery, 'verdict_counts'>): string {
  if (event === undefined) return 'not looked at yet';
  return [event.replaceAll('_', ' '), ref?.replace(/^refs\/(heads|tags)\//, ''), repository]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What came of it: how many pipelines have each verdict. */
export function verdictSummary({ verdict_counts: counts, reason, status }: Delivery): string {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome.replaceAll('_', ' ')}`);
  return words.length > 0 ? words.join(', ') : (reason ?? status);
}

/** Why it is no event like any other, where {@link verdictSummary} does not say it: the verdicts alone would puzzle. */
export function deliveryRemark(delivery: Delivery): string | undefined {
  const { event, status, reason, verdict_counts: counts } = delivery;
  if (!Object.values(counts).some((count) => count > 0)) return undefined;
  const isPlain = event === 'push' || event === 'pull_request';
  return isPlain && status !== 'failed' ? undefined : reason;
}
