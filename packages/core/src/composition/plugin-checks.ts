import { DanubeError, isDanubeError } from '@danube/plugin-api';
import type { ReadinessCheck } from '../adapters/http/http-dependencies.js';
import type { PluginHost } from '../plugins/extensions/plugin-host.js';

/** How plugins and their instances are. The server is ready without any of them. */
export function pluginChecks(plugins: PluginHost): readonly ReadinessCheck[] {
  const states = plugins.states().map(({ package: name, status }): ReadinessCheck => ({
    name: `plugin ${name}`,
    optional: true,
    check: () => {
      if (status === 'loaded') return Promise.resolve();
      // the reason may name paths of this machine, and anybody may read this
      const what = status === 'quarantined' ? 'it failed and is left out' : 'not all of it works';
      return Promise.reject(unhealthy(`${what}; "danube plugins list" says why`));
    },
  }));
  const instances = plugins.healthChecks().map(({ name, check }): ReadinessCheck => ({
    name,
    optional: true,
    check: async (signal) => {
      try {
        await check(signal);
      } catch (error) {
        // what a plugin meant for others to see is a DanubeError of its own
        const isForeign = !isDanubeError(error) || error.code === 'plugin_failed';
        throw isForeign ? unhealthy('its plugin fails to say how it is') : error;
      }
    },
  }));
  const secrets: ReadinessCheck = {
    name: 'plugin secrets',
    optional: true,
    check: async () => {
      const missing = await plugins.missingSecrets();
      if (missing.length === 0) return;
      const message = missing.map(({ problem }) => problem).join('; ');
      throw new DanubeError('plugin_secret_missing', message, { category: 'unavailable' });
    },
  };
  return [...states, secrets, ...instances];
}

function unhealthy(message: string): DanubeError {
  return new DanubeError('plugin_unhealthy', message, { category: 'unavailable' });
}
