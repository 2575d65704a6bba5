import { onBeforeUnmount, onMounted } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

export const UNSAVED_WARNING = '有尚未提交的内容，离开就会丢失。确定离开吗？';

/** Whether to go on, asked where something would be lost. */
export function mayLeave(isDirty: boolean, ask: (question: string) => boolean): boolean {
  return !isDirty || ask(UNSAVED_WARNING);
}

/** Warns before unsaved input is lost: on another page of ours, and when the window closes. */
export function useUnsavedWarning(isDirty: () => boolean): void {
  const beforeUnload = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault();
  };
  onMounted(() => window.addEventListener('beforeunload', beforeUnload));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', beforeUnload));
  onBeforeRouteLeave(() => mayLeave(isDirty(), (question) => window.confirm(question)));
}
