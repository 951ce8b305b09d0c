import { type DependencyContainer, type InjectionToken, Lifecycle } from 'tsyringe';

type Constructor<T> = new (...dependencies: never[]) => T;

/** One instance per container: never the root container's, so that two instances of Danube in a process share nothing. */
export function registerClass<T>(container: DependencyContainer, token: InjectionToken<T>, type: Constructor<T>): void {
  container.register<T>(
    token,
    { useClass: type as new (...dependencies: unknown[]) => T },
    { lifecycle: Lifecycle.ContainerScoped },
  );
}
