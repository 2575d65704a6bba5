import type { Plugin } from 'vite';

const NAMED_IMPORT = /import\s*\{([^}]*)\}\s*from\s*['"]element-plus['"]/gu;

/** `ElTableColumn` → `table-column`; what begins in lower case has no style of its own. */
function styleOf(name: string): string | undefined {
  const match = /^El([A-Z]\w*)$/u.exec(name.trim());
  return match?.[1]!.replace(/\B[A-Z]/gu, '-$&').toLowerCase();
}

/** A component of Element Plus brings its style along where it is imported by name, and only there. */
export function elementStyles(): Plugin {
  return {
    name: 'element-styles',
    transform(code, id) {
      if (id.includes('node_modules') || !/\.(vue|ts)(\?|$)/u.test(id)) return undefined;
      const names = [...code.matchAll(NAMED_IMPORT)].flatMap(([, list]) => list!.split(','));
      const styles = names.flatMap((name) => styleOf(name) ?? []);
      if (styles.length === 0) return undefined;
      const imports = styles.map((style) => `import 'element-plus/es/components/${style}/style/css';`);
      return { code: `${imports.join('\n')}\n${code}`, map: null };
    },
  };
}
