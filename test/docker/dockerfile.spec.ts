import { existsSync, readFileSync } from 'node:fs';

interface Instruction {
  name: string;
  rest: string;
}

const instructions: Instruction[] = readFileSync('docker/Dockerfile', 'utf8')
  .replace(/^#.*\n/gmu, '')
  .replace(/\\\n/gu, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [name = '', ...rest] = line.trim().split(/\s+/u);
    return { name, rest: rest.join(' ') };
  });
const lastStage = instructions.slice(instructions.map(({ name }) => name).lastIndexOf('FROM'));
const inLastStage = (name: string) => lastStage.filter((instruction) => instruction.name === name);

describe('Dockerfile', () => {
  it('consists of instructions that Dockerfiles know', () => {
    const known =
      /^(ARG|FROM|WORKDIR|COPY|RUN|ENV|VOLUME|USER|EXPOSE|HEALTHCHECK|STOPSIGNAL|CMD|ENTRYPOINT)$/u;
    for (const { name } of instructions) expect(name).toMatch(known);
  });

  it('ends as a non-root user with a health check and a command', () => {
    expect(inLastStage('USER').map(({ rest }) => rest)).toEqual(['node']);
    expect(inLastStage('HEALTHCHECK')).toHaveLength(1);
    expect(inLastStage('EXPOSE').map(({ rest }) => rest)).toEqual(['3000']);
    expect(inLastStage('CMD').map(({ rest }) => rest)).toEqual(['["node", "dist/apps/server/main.js"]']);
  });

  it('takes the modules of the last stage from an installation without development dependencies', () => {
    expect(instructions).toContainEqual({ name: 'RUN', rest: 'npm ci --omit=dev --ignore-scripts' });
    const modules = inLastStage('COPY').find(({ rest }) => rest.includes('node_modules'));
    expect(modules?.rest).toContain('--from=dependencies');
  });

  it('copies only what exists and what the ignore file lets through', () => {
    const ignore = readFileSync('docker/Dockerfile.dockerignore', 'utf8').split('\n');
    const copied = instructions
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    for (const source of copied) {
      expect(existsSync(source)).toBe(true);
      expect(ignore).toContain(`!${source.replace(/^\.\//u, '')}`);
    }
  });
});
