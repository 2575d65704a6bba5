/** Where in the list one was when a row was opened, and of which question that list was the answer. */
interface Place {
  question: string;
  top: number;
  row: number;
}

/** Kept with this entry of the browser's history: whoever comes back comes to the same rows. */
export function keepPlace(place: Place): void {
  history.replaceState({ ...(history.state as object), place }, '');
}

export function keptPlace(question: string): Place | undefined {
  const { place } = (history.state ?? {}) as { place?: Place };
  return place?.question === question ? place : undefined;
}
