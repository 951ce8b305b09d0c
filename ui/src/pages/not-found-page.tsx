import { A, useLocation } from '@solidjs/router';
import { EmptyState } from '../components/states/empty-state.tsx';
import { PageHeader } from '../components/layout/page-header.tsx';
import { usePageTitle } from '../stores/page-title.ts';

export default function NotFoundPage() {
  const location = useLocation();
  usePageTitle(() => 'Not found');
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState title={`There is no page at ${location.pathname}.`}>
        Go to the{' '}
        <A href="/pipelines" class="text-accent underline">
          pipelines
        </A>{' '}
        or look for a{' '}
        <A href="/jobs" class="text-accent underline">
          job
        </A>
        .
      </EmptyState>
    </>
  );
}
