import { createContext, useContext } from 'solid-js';
import type { Viewer } from './create-viewer.ts';

export const ViewerContext = createContext<Viewer>();

/** The viewer that a component is a part of. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === undefined) throw new Error('a part of the log viewer stands outside of it');
  return viewer;
}
