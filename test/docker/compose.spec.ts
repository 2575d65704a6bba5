import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  command?: string[];
  user?: string;
  privileged?: boolean;
  network_mode?: string;
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
  networks?: Record<string, unknown>;
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  networks: Record<string, unknown>;
}

const folder = path.resolve('docker');
const text = readFileSync(path.join(folder, 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

describe('compose.yaml', () => {
  it('names an exact version of every image', () => {
    for (const [, { image }] of services)
      expect(image).toMatch(/^[\w./-]+:(local|\d+\.\d+(\.\d+)?(-\w+)*)$/u);
  });

  it('refers only to services, volumes and networks that it defines', () => {
    for (const [, service] of services) {
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(compose.services).toHaveProperty([other]);
      for (const network of Object.keys(service.networks ?? {}))
        expect(compose.networks).toHaveProperty([network]);
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0]!;
        if (source.startsWith('.')) expect(existsSync(path.join(folder, source))).toBe(true);
        else expect(compose.volumes).toHaveProperty([source]);
      }
    }
  });

  it('publishes on loopback only and gives no service privileges', () => {
    for (const [, { ports = [], privileged }] of services) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/u);
      expect(privileged).toBeUndefined();
    }
  });

  it('takes every password from the environment file and has no default for one', () => {
    expect(text.match(/PASSWORD[^\n]*:-/gu)).toBeNull();
    for (const [, { environment = {} }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (name.includes('PASSWORD')) expect(value).toMatch(/^\$\{\w+:\?/u);
      }
    }
  });

  it('starts one insecure node by default and three nodes with certificates in the cluster profile', () => {
    const inProfile = (profile: string) =>
      services.filter(([, service]) => service.profiles?.includes(profile)).map(([name]) => name);
    expect(inProfile('single')).toEqual(['eventstore']);
    expect(inProfile('cluster')).toEqual([
      'certificates',
      'eventstore-node1',
      'eventstore-node2',
      'eventstore-node3',
    ]);
    for (const number of [1, 2, 3]) {
      const node = compose.services[`eventstore-node${number}`]!;
      expect(node.environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: '3',
        KURRENTDB_NODE_HOST_ADVERTISE_AS: `172.30.240.1${number}`,
      });
      expect(node.environment).not.toHaveProperty('KURRENTDB_INSECURE');
    }
  });

  it('runs server and projector from programs that exist, where loopback is the machine’s own', () => {
    for (const name of ['server', 'projector']) {
      const { command, network_mode, build } = compose.services[name]!;
      expect(network_mode).toBe('host');
      const source = command![1]!.replace(/^dist\//u, '').replace(/\.js$/u, '.ts');
      expect(existsSync(source)).toBe(true);
      expect(existsSync(path.resolve(folder, build!.context, build!.dockerfile))).toBe(true);
    }
  });
});
