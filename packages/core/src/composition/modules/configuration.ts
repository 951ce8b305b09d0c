import type { DependencyContainer } from 'tsyringe';
import { ActiveConfiguration } from '../../services/config/active-configuration.js';
import { Tokens } from '../../services/tokens.js';
import { registerClass } from './register.js';

/** The configuration in force, as the last good sync stored it. */
export async function registerConfiguration(container: DependencyContainer): Promise<ActiveConfiguration> {
  registerClass(container, Tokens.ActiveConfiguration, ActiveConfiguration);
  const configuration = container.resolve(Tokens.ActiveConfiguration);
  await configuration.load();
  return configuration;
}
