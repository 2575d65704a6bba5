import { idFor } from '#libs/kernel/ids.js';
import { Office, PLAN, wan } from './testing/office.js';

let office: Office;
beforeEach(async () => {
  office = await new Office().open();
});

describe('issuing a plan document', () => {
  it('is answered again for the same command, and refused for another', async () => {
    expect(await office.issue()).toMatchObject({ outcome: 'recorded', planId: PLAN, revision: 0 });
    expect(await office.issue()).toMatchObject({ outcome: 'repeated', planId: PLAN });
    await expect(office.issue([])).rejects.toMatchObject({ code: 'command.reused' });
  });

  it.each([
    ['fundPlan.unknownProject', [{ projectId: idFor('nobody'), amountFen: wan(1) }], {}],
    ['actor.notPermitted', [], { role: 'Audit' }],
    ['actor.outsideRegion', [], { region: '990101' }],
  ] as const)('is refused: %s', async (code, lines, who) => {
    await expect(office.issue([...lines], who)).rejects.toMatchObject({ code });
    expect(await office.planTypes()).toEqual([]);
  });
});
