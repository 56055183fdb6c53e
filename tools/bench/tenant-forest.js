/** A forest of COUNT tenants in three levels: departments of 100 tenants, in them groups of 10. */
function tenantForest(count, quota) {
  const forest = [];
  let department;
  let group;
  for (let index = 0; index < count; index += 1) {
    const people = { owners: { groups: [`leads-${index}`] }, members: { groups: [`group-${index}`] } };
    const folder = { name: `tenant-${index}`, kind: 'folder', ...people, children: [] };
    if (index % 100 === 0) {
      department = folder;
      group = folder;
      forest.push(folder);
    } else if (index % 10 === 0) {
      group = folder;
      department.children.push(folder);
    } else group.children.push({ name: `tenant-${index}`, ...people, quota });
  }
  return forest;
}

/** An environment with COUNT tenants, and without what names tenants that are then not there. */
export function withTenants({ spark: _, ...environment }, count, cpu = 8) {
  const tenants = tenantForest(count, { cpu, memory: '32Gi', pods: 50 });
  return { ...environment, tenants, policies: { ...environment.policies, exceptions: [] } };
}
