import { container as globalContainer, type DependencyContainer } from 'tsyringe';

/** A container of its own: nothing is ever registered in tsyringe's global one. */
export function createContainer(): DependencyContainer {
  return globalContainer.createChildContainer();
}
