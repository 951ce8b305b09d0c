import { Navigate, Route, Router } from '@solidjs/router';
import { lazy, Match, Switch } from 'solid-js';
import { Shell } from './components/layout/shell.tsx';
import { SkeletonPage } from './components/states/skeleton.tsx';
import { session } from './stores/session.ts';

const PipelinesPage = lazy(() => import('./pages/pipelines/pipelines-page.tsx'));
const PipelinePage = lazy(() => import('./pages/pipeline/pipeline-page.tsx'));
const JobsPage = lazy(() => import('./pages/jobs/jobs-page.tsx'));
const JobPage = lazy(() => import('./pages/job/job-page.tsx'));
const DeliveriesPage = lazy(() => import('./pages/deliveries/deliveries-page.tsx'));
const DeliveryPage = lazy(() => import('./pages/delivery/delivery-page.tsx'));
const SystemPage = lazy(() => import('./pages/system/system-page.tsx'));
const NotFoundPage = lazy(() => import('./pages/not-found-page.tsx'));
const SignInPage = lazy(() => import('./pages/sign-in/sign-in-page.tsx'));

/** Whoever is not signed in sees what to do about it, at any address; signed in, the page of the address. */
export function App() {
  return (
    <Switch fallback={<SkeletonPage />}>
      <Match when={session().state === 'signed-out'}>
        <SignInPage />
      </Match>
      <Match when={session().state === 'signed-in'}>
        <Router root={Shell}>
          <Route path="/" component={() => <Navigate href="/pipelines" />} />
          <Route path="/pipelines" component={PipelinesPage} />
          <Route path="/pipelines/:id" component={PipelinePage} />
          <Route path="/jobs" component={JobsPage} />
          <Route path="/jobs/:id" component={JobPage} />
          <Route path="/deliveries" component={DeliveriesPage} />
          <Route path="/deliveries/:id" component={DeliveryPage} />
          <Route path="/system" component={SystemPage} />
          <Route path="*" component={NotFoundPage} />
        </Router>
      </Match>
    </Switch>
  );
}
