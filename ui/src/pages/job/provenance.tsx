/** Where to get what says how the artifacts of a job came about, and how to check it. */
export function Provenance(props: { readonly jobId: string }) {
  const address = () => `/api/v1/jobs/${props.jobId}/provenance`;
  return (
    <p class="text-muted mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      <a href={address()} download="provenance.json" class="text-accent underline">
        Provenance (SLSA v1)
      </a>
      <a href={`${address()}?format=slsa-v0.2`} download="provenance-v0.2.json" class="text-accent underline">
        Provenance (SLSA v0.2)
      </a>
      <span>
        <code class="font-mono">danube verify-artifact FILE</code> checks a downloaded artifact
      </span>
    </p>
  );
}
