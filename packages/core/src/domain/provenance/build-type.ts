/** Says how the parameters of a build are to be read: docs/slsa-compliance.md describes it. */
export const buildType = 'https://danube.dev/PipelineBuild/v1';
