#!/usr/bin/env bash
# Gives the nodes of each pool the labels and taints of the pool, and takes off those of other pools, so that a node may
# change its pool. Running it again changes nothing. Startup taints are for new nodes only and left alone.
# KUBECTL names another kubectl; DRY_RUN=server only asks the API server.
set -euo pipefail
kubectl=${KUBECTL:-kubectl}
dry_run=--dry-run=${DRY_RUN:-none}

# kubectl fails on a taint that is not there, so ask first.
remove_taint() {
  local taints
  taints=$("$kubectl" get node "$1" -o jsonpath='{range .spec.taints[*]}{.key}:{.effect}{"\n"}{end}')
  if grep -Fxq -- "$2" <<<"$taints"; then "$kubectl" taint node "$1" "$2-" "$dry_run"; fi
}

# cpu
for node in cpu-01 cpu-02 cpu-03 cpu-04; do
  "$kubectl" label node "$node" atelier.dev/node-pool=cpu atelier.dev/mig-1g.5gb- atelier.dev/mig-2g.10gb- atelier.dev/mig-3g.20gb- nvidia.com/device-plugin.config- nvidia.com/gpu.present- nvidia.com/mig.config- --overwrite "$dry_run"
  remove_taint "$node" atelier.dev/dedicated:NoSchedule
  remove_taint "$node" nvidia.com/gpu:NoSchedule
done

# a100
for node in dgx-01 dgx-02; do
  "$kubectl" label node "$node" nvidia.com/gpu.present=true nvidia.com/mig.config=2x1g.5gb_1x2g.10gb_1x3g.20gb atelier.dev/mig-1g.5gb=true atelier.dev/mig-2g.10gb=true atelier.dev/mig-3g.20gb=true atelier.dev/node-pool=a100 nvidia.com/device-plugin.config- --overwrite "$dry_run"
  "$kubectl" taint node "$node" atelier.dev/dedicated=a100:NoSchedule nvidia.com/gpu=present:NoSchedule --overwrite "$dry_run"
done

# t4
for node in gpu-01 gpu-02 gpu-03; do
  "$kubectl" label node "$node" nvidia.com/gpu.present=true nvidia.com/device-plugin.config=time-slicing-4-renamed atelier.dev/node-pool=t4 atelier.dev/mig-1g.5gb- atelier.dev/mig-2g.10gb- atelier.dev/mig-3g.20gb- nvidia.com/mig.config- --overwrite "$dry_run"
  "$kubectl" taint node "$node" atelier.dev/dedicated=t4:NoSchedule nvidia.com/gpu=present:NoSchedule --overwrite "$dry_run"
done
