/** Figures of the yearly counts, as the API names them. */
export const FIGURES: Readonly<Record<string, string>> = {
  planned: '计划投用',
  unknown: '规模未知',
  commissioned: '当年投用',
  changed: '规模变动',
  decommissioned: '停用',
  stock: '年末存量',
};

export const KINDS: Readonly<Record<string, readonly [label: string, unit: string]>> = {
  beds: ['养老床位', '张'],
  nursingBeds: ['护理型床位', '张'],
  places: ['托位', '个'],
  inclusivePlaces: ['普惠托位', '个'],
};
