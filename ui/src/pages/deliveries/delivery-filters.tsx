import { ChoiceField } from '../../components/forms/choice-field.tsx';
import { TextField } from '../../components/forms/text-field.tsx';
import { deliveryEvents, type DeliveryFilter, deliveryStatuses } from '../../domain/delivery-filter.ts';

interface DeliveryFiltersProps {
  readonly filter: DeliveryFilter;
  readonly onChange: (change: DeliveryFilter) => void;
}

export function DeliveryFilters(props: DeliveryFiltersProps) {
  return (
    <search class="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-4">
      <TextField
        label="Pipeline"
        isSearch
        placeholder="Whole name"
        value={props.filter.pipeline}
        onChange={(pipeline) => props.onChange({ pipeline })}
      />
      <TextField
        label="Forge"
        placeholder="Whole name"
        value={props.filter.forge}
        onChange={(forge) => props.onChange({ forge })}
      />
      <ChoiceField
        label="Status"
        any="Any"
        choices={deliveryStatuses}
        value={props.filter.status}
        onChoose={(status) => props.onChange({ status })}
      />
      <ChoiceField
        label="Event"
        any="Any"
        choices={deliveryEvents}
        value={props.filter.event}
        onChoose={(event) => props.onChange({ event })}
      />
    </search>
  );
}
