import type { ImageBuild } from '../model/session-image.ts';

/**
 * What the components of Workbench need beside R and Python (posit-dev/images-workbench,
 * workbench-session/matrix/deps/ubuntu-24.04_packages.txt).
 */
const SESSION_PACKAGES = ['ca-certificates', 'curl', 'libpq-dev', 'libuser'] as const;

/** Posit's images keep R and Python below /opt, others have them on the PATH. */
const LANGUAGES = `export PATH="$(echo /opt/R/[0-9]*/bin /opt/python/[0-9]*/bin | tr ' ' ':'):$PATH"`;

const sorted = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();
/** The schema lets no quote through. */
const quoted = (text: string): string => `'${text}'`;
const lines = (items: readonly string[], indent: string): string =>
  items.map((item) => `${indent}${item} \\\n`).join('');

function systemPackages(build: ImageBuild): string {
  return `# What sessions need, and what the environment adds.
RUN apt-get update \\
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \\
${lines(sorted([...SESSION_PACKAGES, ...build.systemPackages]), '      ')} && rm -rf /var/lib/apt/lists/*
`;
}

function certificates({ certificates: files }: ImageBuild): string {
  if (files.length === 0) return '';
  return `
# Certificates of your own authorities, before anything is fetched that they sign.
COPY ${sorted(files).join(' ')} /usr/local/share/ca-certificates/
RUN update-ca-certificates
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \\
    CURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt \\
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
`;
}

/** pak fails where a package is missing, which install.packages does not, and takes "name@version". */
function rPackages({ rPackages: packages, packageRepositories }: ImageBuild): string {
  if (packages.length === 0) return '';
  const list = sorted(packages)
    .map((name) => `"${name}"`)
    .join(', ');
  const repository = `options(repos = c(CRAN = "${packageRepositories.cran}"), warn = 2)`;
  return `
RUN ${LANGUAGES} \\
 && Rscript -e '${repository}; install.packages("pak"); pak::pkg_install(c(${list}), ask = FALSE)'
`;
}

function pythonPackages({ pythonPackages: packages, packageRepositories }: ImageBuild): string {
  if (packages.length === 0) return '';
  return `
RUN ${LANGUAGES} \\
 && PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --no-cache-dir \\
      --index-url ${quoted(packageRepositories.pypi)} \\
${lines(sorted(packages).map(quoted), '      ').replace(/ \\\n$/, '\n')}`;
}

/**
 * The Dockerfile of a session image. Packages are sorted, so that the same recipe is the same file; no secret is needed
 * to build it. It ends as root, because Workbench starts a session as root and then becomes the user.
 */
export function dockerfile(name: string, build: ImageBuild): string {
  return `# Session image "${name}". Written by Atelier: change the environment, not this file.
FROM ${build.base}
USER root

${systemPackages(build)}${certificates(build)}${rPackages(build)}${pythonPackages(build)}`;
}
