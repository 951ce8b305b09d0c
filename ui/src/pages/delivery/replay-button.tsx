import { useNavigate } from '@solidjs/router';
import { api, ask } from '../../api/client.ts';
import { ActionButton } from '../../components/forms/action-button.tsx';

/** Works on the delivery once more, as a new one, and goes there. */
export function ReplayButton(props: { readonly deliveryId: string }) {
  const navigate = useNavigate();
  const replay = async (): Promise<void> => {
    const path = { id: props.deliveryId };
    const { id } = await ask(api.POST('/api/v1/deliveries/{id}/replay', { params: { path } }));
    navigate(`/deliveries/${id}`);
  };
  return <ActionButton onAction={replay}>Replay</ActionButton>;
}
