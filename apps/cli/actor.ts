import type { Command } from 'commander';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

export interface ActorOptions {
  actorUser?: string;
  actorUnit?: string;
  actorRole?: string;
  actorRegion?: string;
}

export function addActorOptions(command: Command): Command {
  return command
    .option('--actor-user <姓名>', '经办人（或环境变量 TAIZHANG_ACTOR_USER）')
    .option('--actor-unit <单位>', '经办单位（或 TAIZHANG_ACTOR_UNIT）')
    .option('--actor-role <角色>', '角色，如 DevelopmentReform（或 TAIZHANG_ACTOR_ROLE）')
    .option('--actor-region <代码>', '经办单位的行政区划代码（或 TAIZHANG_ACTOR_REGION）');
}

/** Who records, from options or environment: there is no default, since every event names somebody. @throws Refusal */
export function readActor(options: ActorOptions, env: NodeJS.ProcessEnv): Actor {
  const actor = givenActor(options, env);
  const missing = Object.entries(actor).flatMap(([field, value]) =>
    value === '' ? [`--actor-${field}`] : [],
  );
  if (missing.length > 0) {
    throw new Refusal('actor.incomplete', `请说明由谁记录：缺少 ${missing.join('、')}（或相应的环境变量）`, {
      missing,
    });
  }
  return actor;
}

/** Who tries, as far as it is said: a trial in a region records nothing, so it needs to name nobody. */
export function readTrialActor(options: ActorOptions, env: NodeJS.ProcessEnv, region: string): Actor {
  const { user, unit, role, region: own } = givenActor(options, env);
  return {
    user: user || '试导入',
    unit: unit || '试导入',
    role: role || 'DevelopmentReform',
    region: own || region,
  };
}

function givenActor(options: ActorOptions, env: NodeJS.ProcessEnv): Actor {
  return {
    user: options.actorUser ?? env['TAIZHANG_ACTOR_USER'] ?? '',
    unit: options.actorUnit ?? env['TAIZHANG_ACTOR_UNIT'] ?? '',
    role: options.actorRole ?? env['TAIZHANG_ACTOR_ROLE'] ?? '',
    region: options.actorRegion ?? env['TAIZHANG_ACTOR_REGION'] ?? '',
  };
}
