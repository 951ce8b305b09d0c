export * from '@danube/plugin-api';
