import { sessionImage } from 'atelier';

const version = '2026.11.0';

/** What everybody gets: R, Python, no GPU. Posit's own session image, mirrored into our registry. */
export const base = sessionImage({
  name: 'base',
  repository: 'workbench/session-base',
  tag: version,
  build: {
    base: 'posit/workbench-session:R4.5.2-python3.14.3-ubuntu-24.04',
    systemPackages: ['libgdal-dev', 'libudunits2-dev'],
    rPackages: ['arrow', 'data.table', 'duckdb', 'sf', 'tidyverse'],
    pythonPackages: ['duckdb==1.4.2', 'pandas==2.3.3', 'polars==1.35.2', 'scikit-learn==1.7.2'],
    certificates: ['corporate-ca.crt'],
  },
});

/** Deep learning: CUDA, PyTorch. No image of Posit brings CUDA, so this one is built on NVIDIA's. */
export const cuda = sessionImage({
  name: 'cuda',
  repository: 'workbench/session-cuda',
  tag: version,
  gpu: true,
  build: {
    base: 'nvcr.io/nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04',
    systemPackages: ['git', 'python3-pip', 'python3-venv', 'r-base-dev'],
    rPackages: ['reticulate', 'torch'],
    pythonPackages: ['jupyterlab==4.5.0', 'lightning==2.5.6', 'torch==2.9.1', 'transformers==4.57.3'],
    certificates: ['corporate-ca.crt'],
  },
});

/** What a course needs and nothing else, so that forty students pull it fast. */
export const course = sessionImage({
  name: 'course',
  repository: 'workbench/session-course',
  tag: version,
  gpu: true,
  build: {
    base: 'nvcr.io/nvidia/cuda:13.0.1-base-ubuntu24.04',
    systemPackages: ['python3-pip', 'python3-venv'],
    pythonPackages: ['jupyterlab==4.5.0', 'torch==2.9.1'],
    certificates: ['corporate-ca.crt'],
  },
});

export const images = [base, cuda, course];
