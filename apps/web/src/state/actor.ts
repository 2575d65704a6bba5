import { reactive, watch } from 'vue';

/** Who records, as the server believes it until there is sign-in. */
export interface Actor {
  user: string;
  unit: string;
  role: string;
  region: string;
}

/** Named people of the made-up 示例州 to act as, one a role; and two for the published list, since who put a finding right does not close it. */
export const DEMO_ACTORS: readonly Actor[] = [
  { user: '发改演示员', unit: '示例州发展改革委', role: 'DevelopmentReform', region: '990100' },
  { user: '财政演示员', unit: '示例州财政局', role: 'Finance', region: '990100' },
  { user: '民政演示员', unit: '示例州民政局', role: 'LeadUnit', region: '990100' },
  { user: '项目演示员', unit: '示例1县民政局', role: 'ImplementingUnit', region: '990101' },
  { user: '审计演示员', unit: '示例州审计局', role: 'Audit', region: '990100' },
  { user: '评估演示员', unit: '第三方评估', role: 'Evaluator', region: '990100' },
  { user: '清单演示员', unit: '演示单位', role: 'DevelopmentReform', region: '513400' },
  { user: '清单核实员', unit: '演示审计单位', role: 'Audit', region: '513400' },
];

const STORED_AS = 'taizhang.actor';

export const actor = reactive<Actor>(remembered() ?? { ...DEMO_ACTORS[0]! });

watch(actor, (now) => storage()?.setItem(STORED_AS, JSON.stringify(now)));

/** Headers carry Latin-1 only, so Chinese goes percent-encoded. */
export function actorHeaders(who: Actor = actor): Record<string, string> {
  return {
    'x-taizhang-user': encodeURIComponent(who.user),
    'x-taizhang-unit': encodeURIComponent(who.unit),
    'x-taizhang-role': who.role,
    'x-taizhang-region': who.region,
  };
}

function remembered(): Actor | undefined {
  try {
    const stored = JSON.parse(storage()?.getItem(STORED_AS) ?? 'null') as Actor | null;
    return DEMO_ACTORS.find(({ user }) => user === stored?.user);
  } catch {
    return undefined;
  }
}

/** A browser may refuse storage altogether; the choice then lasts as long as the page. */
function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
