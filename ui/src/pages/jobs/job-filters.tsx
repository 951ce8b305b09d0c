import { ChoiceField } from '../../components/forms/choice-field.tsx';
import { TextField } from '../../components/forms/text-field.tsx';
import { type JobFilter, triggerTypes } from '../../domain/job-filter.ts';
import { jobStatuses } from '../../domain/job-status.ts';

interface JobFiltersProps {
  readonly filter: JobFilter;
  readonly onChange: (change: JobFilter) => void;
}

export function JobFilters(props: JobFiltersProps) {
  return (
    <search class="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <TextField
        label="Pipeline"
        isSearch
        placeholder="Whole name"
        value={props.filter.pipeline}
        onChange={(pipeline) => props.onChange({ pipeline })}
      />
      <ChoiceField
        label="Status"
        any="Any"
        choices={jobStatuses}
        value={props.filter.status}
        onChoose={(status) => props.onChange({ status })}
      />
      <TextField
        label="Branch"
        placeholder="Whole name"
        value={props.filter.branch}
        onChange={(branch) => props.onChange({ branch })}
      />
      <ChoiceField
        label="Trigger"
        any="Any"
        choices={triggerTypes}
        value={props.filter.trigger}
        onChoose={(trigger) => props.onChange({ trigger })}
      />
      <TextField label="From day" type="date" value={props.filter.from} onChange={(from) => props.onChange({ from })} />
      <TextField
        label="Until day"
        type="date"
        value={props.filter.until}
        onChange={(until) => props.onChange({ until })}
      />
    </search>
  );
}
