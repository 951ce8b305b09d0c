import type { Setting } from './setting.js';
import { settingList } from './settings.js';

function toml(value: string | boolean): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function renderSetting(setting: Setting): string {
  const line =
    setting.defaultValue === undefined
      ? `# ${setting.key} = ${toml(setting.example ?? '')}`
      : `${setting.key} = ${toml(setting.defaultValue)}`;
  return `# ${setting.description}\n# Accepted: ${setting.reader.accepts}. Environment: ${setting.env}\n${line}\n`;
}

/** A commented `danube.toml` that says nothing but the defaults. */
export function renderDefaultConfig(): string {
  const parts = ["# Danube's bootstrap file. Everything else is in the config repository.\n"];
  let section = '';
  for (const setting of settingList) {
    if (setting.section !== section) parts.push(`[${setting.section}]`);
    section = setting.section;
    parts.push(renderSetting(setting));
  }
  return parts.join('\n');
}

/** Every key as rows of a Markdown table, for docs/configuration.md. */
export function renderSettingsTable(): string {
  const rows = settingList.map((setting) => {
    const standard = setting.defaultValue === undefined ? '–' : `\`${toml(setting.defaultValue)}\``;
    return `| \`[${setting.section}] ${setting.key}\` | \`${setting.env}\` | ${standard} | ${setting.description} Accepted: ${setting.reader.accepts}. |`;
  });
  return ['| key | environment variable | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
