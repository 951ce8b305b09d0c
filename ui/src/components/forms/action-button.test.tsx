import { render } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { ActionButton } from './action-button.tsx';

test('a failed action says why and may be tried again; a running one may not', async () => {
  const attempts: ((error?: Error) => void)[] = [];
  const act = () =>
    new Promise<void>((resolve, reject) => attempts.push((error) => (error ? reject(error) : resolve())));
  const page = render(() => <ActionButton onAction={act}>Cancel</ActionButton>);
  const button = page.getByRole<HTMLButtonElement>('button');
  await userEvent.click(button);
  expect(button.disabled).toBe(true);
  attempts[0]!(new ApiError('job_not_found', 'there is no such job', 404));
  expect((await page.findByRole('alert')).textContent).toBe('there is no such job');
  await userEvent.click(button);
  expect(page.queryByRole('alert')).toBeNull();
  expect(attempts).toHaveLength(2);
});
