/** One way to cut out a part of a GPU: a GPU instance profile with its only compute instance. */
export interface MigProfile {
  /** As NVIDIA and mig-parted write it: `1g.5gb`, `1g.5gb+me`, `1g.24gb-me`. */
  readonly name: string;
  /** Share of the multiprocessors, in compute slices of the family. */
  readonly computeSlices: number;
  /** Memory slices it occupies, beginning at its start. */
  readonly memorySlices: number;
  /** First memory slices it may begin at (`nvidia-smi mig -lgipp`). */
  readonly starts: readonly number[];
  /** Most instances of this profile on one GPU. */
  readonly max: number;
  /** Name of the device after `nvidia.com/`: `mig-1g.5gb`, with `.` for `+` (k8s-device-plugin). */
  readonly resourceSuffix: string;
  /** Takes the GPU's only optical flow accelerator (`+me`, `+me.all`): one such instance per GPU. */
  readonly mediaExtensions: boolean;
  /** Video decoders it takes; counted only where the family says how many there are. */
  readonly mediaEngines: number;
}

/** GPUs that are cut alike. Memory slices need not be as many as compute slices: seven-slot GPUs have eight. */
export interface MigFamily {
  readonly name: string;
  readonly computeSlices: number;
  readonly memorySlices: number;
  /** Video decoders to share out. Absent where profiles do not compete for them, but for media extensions. */
  readonly mediaEngines?: number;
  readonly profiles: readonly MigProfile[];
}

type Shape = readonly [computeSlices: number, memorySlices: number, starts: readonly number[], max: number];
interface Media {
  readonly mediaExtensions?: boolean;
  readonly mediaEngines?: number;
}

function profile(name: string, [computeSlices, memorySlices, starts, max]: Shape, media: Media = {}): MigProfile {
  const { mediaExtensions = false, mediaEngines = 0 } = media;
  const resourceSuffix = `mig-${name.replaceAll('+', '.')}`;
  return { name, computeSlices, memorySlices, starts, max, resourceSuffix, mediaExtensions, mediaEngines };
}

const EXTENDED: Media = { mediaExtensions: true };

/**
 * A100, H100 and their successors: seven compute and eight memory slices. `sizes` are the gigabytes in the names of
 * 1g, 1g with double memory and 2g, 3g and 4g, 7g. Placements are those of the A100 for all (NVIDIA MIG User Guide,
 * Supported MIG Profiles; every layout of mig-parted's config-default.yaml fits them).
 */
function sevenSlots(sizes: readonly [single: number, double: number, half: number, whole: number]) {
  const [single, double, half, whole] = sizes;
  return {
    computeSlices: 7,
    memorySlices: 8,
    profiles: [
      profile(`1g.${single}gb`, [1, 1, [0, 1, 2, 3, 4, 5, 6], 7]),
      profile(`1g.${single}gb+me`, [1, 1, [0, 1, 2, 3, 4, 5, 6], 1], EXTENDED),
      profile(`1g.${double}gb`, [1, 2, [0, 2, 4, 6], 4]),
      profile(`2g.${double}gb`, [2, 2, [0, 2, 4], 3]),
      profile(`3g.${half}gb`, [3, 4, [0, 4], 2]),
      profile(`4g.${half}gb`, [4, 4, [0], 1]),
      profile(`7g.${whole}gb`, [7, 8, [0], 1]),
    ],
  };
}

/** A30: four slices of both kinds (NVIDIA MIG User Guide, A30 MIG Profiles). */
const A30 = {
  computeSlices: 4,
  memorySlices: 4,
  profiles: [
    profile('1g.6gb', [1, 1, [0, 1, 2, 3], 4]),
    profile('1g.6gb+me', [1, 1, [0, 1, 2, 3], 1], EXTENDED),
    profile('2g.12gb', [2, 2, [0, 2], 2]),
    profile('2g.12gb+me', [2, 2, [0, 2], 1], EXTENDED),
    profile('4g.24gb', [4, 4, [0], 1]),
  ],
};

/**
 * RTX PRO 6000 Blackwell, all editions. Profiles: NVIDIA MIG User Guide. Placements in units of a twelfth of the memory:
 * `nvidia-smi mig -lgipp` prints {0,3,6,9}:3, {0,6}:6 and {0}:12. `+me.all` takes all four decoders, so that only
 * `-me` profiles fit beside it.
 */
const RTX_PRO_6000 = {
  computeSlices: 4,
  memorySlices: 12,
  mediaEngines: 4,
  profiles: [
    profile('1g.24gb', [1, 3, [0, 3, 6, 9], 4], { mediaEngines: 1 }),
    profile('1g.24gb+me', [1, 3, [0, 3, 6, 9], 1], { mediaExtensions: true, mediaEngines: 1 }),
    profile('1g.24gb+gfx', [1, 3, [0, 3, 6, 9], 4], { mediaEngines: 1 }),
    profile('1g.24gb+me.all', [1, 3, [0, 3, 6, 9], 1], { mediaExtensions: true, mediaEngines: 4 }),
    profile('1g.24gb-me', [1, 3, [0, 3, 6, 9], 4]),
    profile('2g.48gb', [2, 6, [0, 6], 2], { mediaEngines: 2 }),
    profile('2g.48gb+gfx', [2, 6, [0, 6], 2], { mediaEngines: 2 }),
    profile('2g.48gb+me.all', [2, 6, [0, 6], 1], { mediaExtensions: true, mediaEngines: 4 }),
    profile('2g.48gb-me', [2, 6, [0, 6], 2]),
    profile('4g.96gb', [4, 12, [0], 1], { mediaEngines: 4 }),
    profile('4g.96gb+gfx', [4, 12, [0], 1], { mediaEngines: 4 }),
  ],
};

/**
 * RTX PRO 5000 and 4500 Blackwell: two halves and three decoders (NVIDIA MIG User Guide). Nobody publishes the units of
 * their placements, so a slice is a half here; which layouts fit does not depend on it. The 5000 with 72 GB has other
 * profiles and the same PCI id. mig-parted's unit test lists four-slot profiles for the 5000; no such board is sold.
 */
const twoHalves = (half: number, whole: number, withExtensions: boolean) => ({
  computeSlices: 2,
  memorySlices: 2,
  mediaEngines: 3,
  profiles: [
    profile(`1g.${half}gb`, [1, 1, [0, 1], 2], { mediaEngines: 1 }),
    ...(withExtensions
      ? [profile(`1g.${half}gb+me`, [1, 1, [0, 1], 1], { mediaExtensions: true, mediaEngines: 1 })]
      : []),
    profile(`1g.${half}gb+gfx`, [1, 1, [0, 1], 2], { mediaEngines: 1 }),
    profile(`1g.${half}gb+me.all`, [1, 1, [0, 1], 1], { mediaExtensions: true, mediaEngines: 3 }),
    profile(`1g.${half}gb-me`, [1, 1, [0, 1], 2]),
    profile(`2g.${whole}gb`, [2, 2, [0], 1], { mediaEngines: 3 }),
    profile(`2g.${whole}gb+gfx`, [2, 2, [0], 1], { mediaEngines: 3 }),
  ],
});

const FAMILIES = {
  'A30-24GB': A30,
  'A100-40GB': sevenSlots([5, 10, 20, 40]),
  /** A100, A800, H100 and H800 with 80 GB. */
  '80GB': sevenSlots([10, 20, 40, 80]),
  /** H100 NVL and H800 NVL. */
  '94GB': sevenSlots([12, 24, 47, 94]),
  /** H100 with 96 GB, GH200 with 96 GB, H20. */
  '96GB': sevenSlots([12, 24, 48, 96]),
  /** H200 and H200 NVL. */
  '141GB': sevenSlots([18, 35, 71, 141]),
  /** GH200 with 144 GB. */
  '144GB': sevenSlots([18, 36, 72, 144]),
  /** B200. */
  '180GB': sevenSlots([23, 45, 90, 180]),
  /** GB200. A board with 189 GB exists (3g.95gb, 4g.95gb, 7g.189gb); its PCI id is not published. */
  '186GB': sevenSlots([23, 47, 93, 186]),
  /** B300. */
  '269GB': sevenSlots([34, 67, 135, 269]),
  /** GB300. */
  '278GB': sevenSlots([35, 70, 139, 278]),
  'RTX-PRO-4500': twoHalves(16, 32, false),
  'RTX-PRO-5000': twoHalves(24, 48, true),
  'RTX-PRO-6000': RTX_PRO_6000,
} as const satisfies Readonly<Record<string, Omit<MigFamily, 'name'>>>;

export type MigFamilyName = keyof typeof FAMILIES;

/** Every family of the catalogue. */
export const migFamilyNames: readonly MigFamilyName[] = Object.keys(FAMILIES) as MigFamilyName[];

/** How GPUs of that family can be cut. */
export function migFamily(name: MigFamilyName): MigFamily {
  return { name, ...FAMILIES[name] };
}
